"""What a diagram may say, and what it then does: BPMN with the Camunda 8 (`zeebe:`) vocabulary and FEEL, on SpiffWorkflow.

`reader` turns XML into a `model` and says what is wrong with it; `build` turns the model into SpiffWorkflow specs, whose elements
are our own (`nodes` and its neighbours); `instance` runs them. engine/spiff.py is the face of it all.
"""
