// SPDX-License-Identifier: Apache-2.0
#include "dut_link_tty.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

static const struct {
    unsigned baud;
    speed_t speed;
} rates[] = {
    {9600, B9600},
    {19200, B19200},
    {38400, B38400},
    {57600, B57600},
    {115200, B115200},
    {230400, B230400},
    {460800, B460800},
    {500000, B500000},
    {576000, B576000},
    {921600, B921600},
    {1000000, B1000000},
    {1152000, B1152000},
    {1500000, B1500000},
    {2000000, B2000000},
    {2500000, B2500000},
    {3000000, B3000000},
    {3500000, B3500000},
    {4000000, B4000000},
    {0, B0},
};

/* B0, with a list of the others, for a rate that no port has. */
static speed_t find_speed(unsigned baud, char *error, size_t error_size)
{
    size_t i = 0;

    while (rates[i].baud && rates[i].baud != baud)
        i++;
    if (rates[i].baud)
        return rates[i].speed;
    size_t used =
        (size_t)snprintf(error, error_size, "%u baud is no rate of a serial port; there are", baud);
    for (i = 0; rates[i].baud && used < error_size; i++)
        used += (size_t)snprintf(error + used, error_size - used, " %u", rates[i].baud);
    return B0;
}

static int set_raw(int fd, speed_t speed)
{
    struct termios settings;

    if (tcgetattr(fd, &settings))
        return -1;
    cfmakeraw(&settings);
    settings.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS | HUPCL);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    cfsetispeed(&settings, speed);
    cfsetospeed(&settings, speed);
    return tcsetattr(fd, TCSANOW, &settings) || tcflush(fd, TCIOFLUSH) ? -1 : 0;
}

int dut_tty_open(const char *path, unsigned baud, char *error, size_t error_size)
{
    speed_t speed = find_speed(baud, error, error_size);
    int fd = speed == B0 ? -1 : open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

    if (speed == B0)
        return -1;
    if (fd < 0)
        snprintf(error, error_size, "%s", strerror(errno));
    else if (!isatty(fd))
        snprintf(error, error_size, "not a serial port");
    else if (flock(fd, LOCK_EX | LOCK_NB))
        snprintf(error, error_size, "in use by another program");
    else if (set_raw(fd, speed))
        snprintf(error, error_size, "cannot be set to %u baud: %s", baud, strerror(errno));
    else
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}
