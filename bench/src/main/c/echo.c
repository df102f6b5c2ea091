/* The least that a UDP server can do: takes what is there with one recvmmsg and sends it back with one sendmmsg.
   echo PORT: answers on that port of every IPv4 address until it is killed. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define BATCH 64
#define ROOM 256

int main(int argc, char **argv) {
    static char payloads[BATCH][ROOM];
    static struct sockaddr_in peers[BATCH];
    static struct iovec iovecs[BATCH];
    static struct mmsghdr messages[BATCH];
    struct sockaddr_in own = {.sin_family = AF_INET};
    int buffer = 4 << 20, count, i;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (argc != 2) {
        fprintf(stderr, "usage: echo PORT\n");
        return 3;
    }
    own.sin_port = htons(atoi(argv[1]));
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
    if (bind(fd, (struct sockaddr *)&own, sizeof own) < 0) {
        perror("bind");
        return 1;
    }
    for (i = 0; i < BATCH; i++) {
        iovecs[i].iov_base = payloads[i];
        messages[i].msg_hdr.msg_name = &peers[i];
        messages[i].msg_hdr.msg_iov = &iovecs[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    for (;;) {
        for (i = 0; i < BATCH; i++) {
            iovecs[i].iov_len = ROOM;
            messages[i].msg_hdr.msg_namelen = sizeof peers[i];
        }
        count = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
        for (i = 0; i < count; i++) {
            iovecs[i].iov_len = messages[i].msg_len;
        }
        if (count > 0) {
            sendmmsg(fd, messages, count, 0);
        }
    }
}
