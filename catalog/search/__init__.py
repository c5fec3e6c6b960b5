"""Search: the words of a query, and an index on this machine that follows the journal.

The index is a cache of the database. It says which datasets match the words of a query and how well; what somebody may
see, the other criteria and every number are asked of the database.
"""
