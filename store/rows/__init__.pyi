from .known_rubrics import rubrics as rubrics
from .reading import entities as entities
from .reading import stored_entity as stored_entity
