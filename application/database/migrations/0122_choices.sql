-- What somebody chose for a list and is shown again, such as how many rows a page has (F-02).
CREATE TABLE office.choices (
    account text COLLATE "C" NOT NULL,
    name    text COLLATE "C" NOT NULL,
    value   text NOT NULL,
    PRIMARY KEY (account, name)
);
