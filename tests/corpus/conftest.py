from hypothesis import settings

# A shared machine may stop for longer than the 200 ms that hypothesis gives an example.
settings.register_profile("corpus", deadline=None)
settings.load_profile("corpus")
