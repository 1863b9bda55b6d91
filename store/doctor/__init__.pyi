from .examination import Problem as Problem
from .examination import examine as examine
from .repairs import repair as repair
