"""The kin among a study's documents."""

from wenma.queries.kinship import Kinship
from wenma.store.project import Project
from wenma.store.text_sketches import document_kin
from wenma.study.clock import now


def kinship_in(project: Project) -> Kinship:
    """Which documents are copies of each other or akin, by sketches the project remembers."""
    documents, kin = document_kin(project, now=now())
    return Kinship(documents, tuple(kin))
