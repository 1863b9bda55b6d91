from .labels import with_free_labels as with_free_labels
