package org.ekicho.netboot.policy;

import java.util.List;
import java.util.Optional;

/// What can be installed: a tree, how its installer is answered, and what its kernel is told besides.
///
/// @param name      as the site file says: `web-server`
/// @param tree      name of an imported tree: `debian-12-x64`
/// @param answer    name of an answer file's template; empty: the installer asks
/// @param arguments further words for the kernel's command line
public record Profile(String name, String tree, Optional<String> answer, List<String> arguments) {
    public Profile {
        arguments = List.copyOf(arguments);
    }
}
