"""The names of SpiffWorkflow 3.2.0 that the dialect is built on. It has no type annotations, so to us its objects are Any."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

__all__ = ["ACTIVE", "BpmnProcessSpec", "BpmnSubWorkflow", "BpmnTaskSpec", "BpmnWorkflow", "SpiffTask", "Task", "TaskState"]

SpiffTask = Any  # a token: where it stands (task_spec), its state, its parent and children, and what we keep in internal_data
ACTIVE: int = TaskState.FUTURE | TaskState.WAITING | TaskState.READY | TaskState.STARTED
