"""Papers 文书: the data of a paper out of history, its layout, its code and its hash.

`capital.py` amounts in words, `engine.py` data -> PDF and verification code, `scene.py` a case as
at a log position with its names, `settling.py` what the papers say, `service.py` issue and render.
Typst sees data only; the one layout of all papers stands in `templates/paper.typ`.
"""
