"""Parts that several rooms put together: bars, fields, lists, an editor."""
