from .known_rubrics import rubrics as rubrics
from .reading import entities as entities
from .reading import landed_entity as landed_entity
