from .inputs import ImportFile as ImportFile
from .inputs import ImportOptions as ImportOptions
from .inputs import read_records as read_records
from .report import ImportReport as ImportReport
from .run import import_records as import_records
from .script_records import import_from as import_from
from .worked_example import add_example as add_example
