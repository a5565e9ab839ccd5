"""A process engine. It knows BPMN; it knows no committee and no HTTP."""
