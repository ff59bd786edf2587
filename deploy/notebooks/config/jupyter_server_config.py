# Jupyter Lab and Notebook 7 read this file, Notebook 6 the other one.
load_subconfig("jupyter_notebook_config.py")  # noqa: F821 (Jupyter gives it)
