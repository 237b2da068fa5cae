class Batch:
    pass
