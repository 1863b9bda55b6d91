from .examination import Complaint as Complaint
from .examination import examine as examine
from .repairs import repair as repair
