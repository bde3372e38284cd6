"""Papers 文书: what every paper is set with.

`capital.py` writes amounts in words, `engine.py` turns data into a PDF and gives its verification
code. Typst sees data only; the one layout of all papers stands in `templates/paper.typ`.
"""
