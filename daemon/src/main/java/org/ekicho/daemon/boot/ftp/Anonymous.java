package org.ekicho.daemon.boot.ftp;

import java.util.List;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.AnonymousAuthentication;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;

/// The only user there is.
final class Anonymous implements UserManager {
    private static final String NAME = "anonymous";

    private final BaseUser user = new BaseUser();

    /// @param most        sessions at once
    /// @param perAddress  of these, from one address
    /// @param idleSeconds after which a session ends
    Anonymous(int most, int perAddress, int idleSeconds) {
        user.setName(NAME);
        user.setEnabled(true);
        user.setHomeDirectory("/");
        user.setMaxIdleTime(idleSeconds);
        // No permission to write is among them.
        user.setAuthorities(List.of(new ConcurrentLoginPermission(most, perAddress)));
    }

    @Override
    public User authenticate(Authentication how) throws AuthenticationFailedException {
        if (how instanceof AnonymousAuthentication) return user;
        throw new AuthenticationFailedException("there is no user but anonymous here");
    }

    @Override
    public User getUserByName(String name) {
        return user;
    }

    @Override
    public String[] getAllUserNames() {
        return new String[] {NAME};
    }

    @Override
    public boolean doesExist(String name) {
        return name.equals(NAME);
    }

    @Override
    public String getAdminName() {
        return "";
    }

    @Override
    public boolean isAdmin(String name) {
        return false;
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException("users are not kept");
    }

    @Override
    public void save(User changed) {
        throw new UnsupportedOperationException("users are not kept");
    }
}
