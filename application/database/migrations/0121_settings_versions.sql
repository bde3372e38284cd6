-- A later entry for the same day supersedes an earlier one, which stays to be read (F-70, F-94).
ALTER TABLE office.settings DROP CONSTRAINT settings_pkey;
ALTER TABLE office.settings ADD COLUMN version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
CREATE INDEX settings_code ON office.settings (code, from_on, version);
