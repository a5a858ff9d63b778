"""From an answer to marks: verdict, mistakes recognised, errors carried forward."""
