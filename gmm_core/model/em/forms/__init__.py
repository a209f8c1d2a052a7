"""The shapes in which covariances are kept: full matrices, one shared matrix, variances along axes, one variance."""

from gmm_core.model.em.forms.base import Array, Form
from gmm_core.model.em.forms.dense import Dense
from gmm_core.model.em.forms.diagonal import Diagonal
from gmm_core.model.em.forms.pooled import Pooled
from gmm_core.model.em.forms.spherical import Spherical

__all__ = ["Array", "Dense", "Diagonal", "Form", "Pooled", "Spherical"]
