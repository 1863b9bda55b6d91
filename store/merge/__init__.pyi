from .run import MergeOptions as MergeOptions
from .run import MergeReport as MergeReport
from .run import merge_database as merge_database
