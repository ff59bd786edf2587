"""Outputs are shown and never saved: pictures of patients must not get into git with a notebook."""


def without_outputs(model, **_):
    if model["type"] == "notebook":
        for cell in model["content"]["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = []
                cell["execution_count"] = None


c.FileContentsManager.pre_save_hook = without_outputs  # noqa: F821 (Jupyter gives c)
