"""Catalog: one store of datasets, one access policy, one listing core; pages and three API dialects are its mouths.

Read from the bottom: `settings`, `errors` and `clock` know nothing of the rest. `vocabulary` holds the words and tables
of the trade, `db` the database handle, `model` the things as tables. `access` decides who may see and change what;
`search` finds datasets by words;
`listing` answers every read of many and `changes` makes every write; `identity` says who is asking. On top stand the
entrances: `pages` for a browser, `dialects` for scripts, `ops` for whoever runs it and `cli` for the command line.
"""
