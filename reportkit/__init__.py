"""reportkit reads Chinese government annual reports: structure, and tables whose every row leads back to its characters.

The names in ``__init__.pyi`` follow the way of a report through the library::

    file ──read──▶ Report ──extract / score / check──▶ DataFrame ──plot──▶ Figure ──export──▶ page

Importing does no work: a module is loaded when one of its names is first asked for, pandas when a table is made, matplotlib
when a picture is drawn.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

__version__ = "0.2.0"
