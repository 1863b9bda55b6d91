-- Version 2 of the schema: the order of the map. Columns are added by plain ALTER TABLE, since
-- a rebuilt table loses its triggers. A file that already has a column is left alone.

-- The position among the roots of the map, from 1; rows with NULL come last, by label.
ALTER TABLE statement ADD COLUMN "order" INTEGER CHECK ("order" >= 1);

-- The position among the inferences to the same conclusion.
ALTER TABLE inference ADD COLUMN "order" INTEGER CHECK ("order" >= 1);
