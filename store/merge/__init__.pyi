from .run import Merged as Merged
from .run import MergeOptions as MergeOptions
from .run import merge_database as merge_database
