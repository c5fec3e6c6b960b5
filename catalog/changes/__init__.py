"""Every way in which the catalog changes: each verb checks access, writes, and keeps the journal, in one transaction."""
