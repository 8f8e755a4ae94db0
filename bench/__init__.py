"""Quality and speed, measured: public question sets, a set of our own, and the stock pipelines."""
