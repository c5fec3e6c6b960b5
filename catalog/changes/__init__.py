"""Every way in which the catalog changes: each verb checks access, writes, keeps the journal, in one transaction."""
