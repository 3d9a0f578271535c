"""The multi-task model as a spaCy component: one encoder that says part of speech, features, tree, sentences, names."""
