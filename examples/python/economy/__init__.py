"""The models of the example, as their authors would have them: nothing here knows of Plumbline."""
