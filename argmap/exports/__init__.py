"""One module for each export format; a name with an underscore is a part of one."""
