"""From an answer to marks: verdict, mistakes recognized, errors carried forward."""
