-- What signing in needs beyond 0004: earlier passwords, the second factor's last step, recovery.

ALTER TABLE office.credentials
    ADD COLUMN earlier     text[]  NOT NULL DEFAULT '{}',
    ADD COLUMN reset       boolean NOT NULL DEFAULT false,
    ADD COLUMN totp_set    boolean NOT NULL DEFAULT false,
    ADD COLUMN totp_step   bigint  NOT NULL DEFAULT 0,
    ADD COLUMN recovery    bytea[] NOT NULL DEFAULT '{}';
