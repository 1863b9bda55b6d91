-- Version 2 of the schema: the order of the map. Columns are added by plain ALTER TABLE, since
-- a table that is rebuilt loses its triggers. A file that has a column already is left alone.

-- The place among the roots of the map, from 1; NULL comes last, by label.
ALTER TABLE statement ADD COLUMN "order" INTEGER CHECK ("order" >= 1);

-- The place among the inferences to the same conclusion.
ALTER TABLE inference ADD COLUMN "order" INTEGER CHECK ("order" >= 1);
