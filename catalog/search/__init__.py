"""Search: the words of a query, and two indexes on this machine, of datasets and of assets, that follow the journal.

An index is a cache of the database. It says what matches and how well, how much of it there is and in which order it
comes; what somebody is shown is selected by the database.
"""
