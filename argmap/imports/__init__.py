"""One module for each import format; a name with an underscore is a part of one."""
