"""The databases that keep what has to survive a restart: their tables, and how they are reached.

All that is read and written goes through here, as statements of SQLAlchemy's, which are the same
for every kind of database.
"""
