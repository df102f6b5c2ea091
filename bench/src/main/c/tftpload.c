/* Fetches a file by TFTP over and over, by some clients at once, and says how fast it came.
 *
 *   tftpload ADDRESS PORT FILE BLKSIZE WINDOWSIZE CLIENTS FETCHES
 *
 * Prints one line: bytes, seconds, fetches that failed, packets that were repeated. Nothing is written anywhere; a fetch
 * counts when all of its blocks came in order. One thread, one epoll. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct client {
  int fd, answered, since, repeats;
  struct sockaddr_in peer;
  uint32_t blocks;
  int blksize, window;
  double last;
};

static struct sockaddr_in server;
static char request[512];
static int request_length, wanted_block, wanted_window, epoll;
static long started, fetches, failed, repeated, finished;
static long long bytes;
static char packet[66000];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int begin(struct client *c) {
  if (started == fetches) {
    c->fd = -1;
    return 0;
  }
  started++;
  memset(c, 0, sizeof *c);
  c->blksize = 512;
  c->window = 1;
  c->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  int room = 8 << 20;
  if (setsockopt(c->fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room)) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e);
  c->last = now();
  return sendto(c->fd, request, request_length, 0, (struct sockaddr *)&server, sizeof server) == request_length;
}

static void end(struct client *c, int good) {
  close(c->fd);
  finished++;
  failed += !good;
  begin(c);
}

static void ack(struct client *c) {
  char a[4] = {0, 4, c->blocks >> 8 & 0xff, c->blocks & 0xff};
  c->since = 0;
  if (sendto(c->fd, a, 4, 0, (struct sockaddr *)&c->peer, sizeof c->peer) != 4) repeated++;
}

/* "blksize\0" "1468\0" … of an OACK */
static void agree(struct client *c, int length) {
  packet[length] = 0;
  for (int at = 2; at < length;) {
    char *name = packet + at, *value = name + strlen(name) + 1;
    if (value >= packet + length) break;
    if (!strcasecmp(name, "blksize")) c->blksize = atoi(value);
    if (!strcasecmp(name, "windowsize")) c->window = atoi(value);
    at = value + strlen(value) + 1 - packet;
  }
}

/* Takes what is there. */
static void readable(struct client *c) {
  for (;;) {
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    int length = recvfrom(c->fd, packet, sizeof packet - 1, 0, (struct sockaddr *)&from, &size);
    if (length < 4) return;
    c->peer = from;
    int block = (unsigned char)packet[2] << 8 | (unsigned char)packet[3];
    if (packet[1] == 6 && !c->answered) {
      c->answered = 1;
      c->last = now();
      agree(c, length);
      ack(c);
    } else if (packet[1] == 5) {
      fprintf(stderr, "tftpload: %.*s\n", length - 4, packet + 4);
      end(c, 0);
      return;
    } else if (packet[1] == 3) {
      c->answered = 1;
      if (block != (int)((c->blocks + 1) & 0xffff)) {
        repeated++;
        continue;
      }
      c->blocks++;
      c->repeats = 0;
      bytes += length - 4;
      if (length - 4 < c->blksize) {
        c->last = now();
        ack(c);
        end(c, 1);
        return;
      }
      if (++c->since == c->window) {
        c->last = now();
        ack(c);
        if (c->window == 1) return;
      }
    }
  }
}

int main(int count, char **words) {
  if (count != 8) return fprintf(stderr, "tftpload ADDRESS PORT FILE BLKSIZE WINDOWSIZE CLIENTS FETCHES\n"), 3;
  server.sin_family = AF_INET;
  server.sin_addr.s_addr = inet_addr(words[1]);
  server.sin_port = htons(atoi(words[2]));
  wanted_block = atoi(words[4]);
  wanted_window = atoi(words[5]);
  int clients = atoi(words[6]);
  fetches = atol(words[7]);
  request_length = 2 + sprintf(request + 2, "%.200s%coctet%cblksize%c%d", words[3], 0, 0, 0, wanted_block) + 1;
  request[1] = 1;
  if (wanted_window > 1) request_length += sprintf(request + request_length, "windowsize%c%d", 0, wanted_window) + 1;
  epoll = epoll_create1(0);
  struct client *all = calloc(clients, sizeof *all);
  double began = now();
  for (int i = 0; i < clients; i++) begin(all + i);
  double looked = began;
  while (finished < fetches) {
    struct epoll_event events[64];
    int ready = epoll_wait(epoll, events, 64, 100);
    for (int i = 0; i < ready; i++) readable(events[i].data.ptr);
    double t = now();
    if (t - looked < 0.1) continue;
    looked = t;
    for (int i = 0; i < clients; i++) {
      struct client *c = all + i;
      if (c->fd < 0 || t - c->last < 1) continue;
      c->last = t;
      repeated++;
      if (++c->repeats > 10) end(c, 0);
      else if (c->answered) ack(c);
      else sendto(c->fd, request, request_length, 0, (struct sockaddr *)&server, sizeof server);
    }
  }
  printf("%lld %.6f %ld %ld\n", bytes, now() - began, failed, repeated);
  return failed != 0;
}
