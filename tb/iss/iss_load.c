// SPDX-License-Identifier: Apache-2.0
#include "iss_load.h"

#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The header of a kernel's Image ("Boot image header in RISC-V Linux", in the kernel's
 * documentation); the other fields do not matter here. */
struct image_header {
    uint32_t code[2];
    uint64_t text_offset, image_size, flags;
    uint32_t version, reserved1;
    uint64_t reserved2, magic;
    uint32_t magic2, reserved3;
};

#define IMAGE_MAGIC2 UINT32_C(0x05435352) /* "RSC" and 5 */

struct file {
    uint8_t *bytes; /* allocated */
    size_t size;
};

static bool fail(char *error, size_t error_size, const char *path, const char *why)
{
    snprintf(error, error_size, "%s: %s", path, why);
    return false;
}

/* The whole file, if it is no larger than `most`. */
static bool read_file(const char *path, uint64_t most, struct file *file, char *error,
                      size_t error_size)
{
    FILE *stream = fopen(path, "rb");
    struct stat status;

    if (!stream || fstat(fileno(stream), &status)) {
        fail(error, error_size, path, strerror(errno));
        if (stream)
            fclose(stream);
        return false;
    }
    const char *why = !S_ISREG(status.st_mode)          ? "not a file"
                      : (uint64_t)status.st_size > most ? "larger than memory; --memory gives more"
                      : status.st_size == 0             ? "empty"
                                                        : NULL;
    file->size = why ? 0 : (size_t)status.st_size;
    file->bytes = why ? NULL : malloc(file->size);
    if (!why && (!file->bytes || fread(file->bytes, 1, file->size, stream) != file->size)) {
        why = "cannot be read";
        free(file->bytes);
    }
    fclose(stream);
    return why ? fail(error, error_size, path, why) : true;
}

/* Null, or why the segment cannot be loaded. */
static const char *load_segment(struct iss_memory *memory, const struct file *file,
                                const Elf64_Phdr *segment, struct iss_image *image)
{
    if (segment->p_filesz > segment->p_memsz || segment->p_offset > file->size ||
        segment->p_filesz > file->size - segment->p_offset)
        return "damaged: a segment reaches beyond the file's end";
    if (!iss_memory_has(memory, segment->p_paddr, segment->p_memsz))
        return "a segment is not within memory, which begins at 0x80000000";
    memcpy(memory->bytes + (segment->p_paddr - ISS_RAM), file->bytes + segment->p_offset,
           segment->p_filesz);
    if (segment->p_paddr + segment->p_memsz > image->end)
        image->end = segment->p_paddr + segment->p_memsz;
    return NULL;
}

static const char *load_elf(struct iss_memory *memory, const struct file *file,
                            struct iss_image *image)
{
    Elf64_Ehdr header;
    const char *why = NULL;

    if (file->size < sizeof header)
        return "damaged: too short for an ELF file";
    memcpy(&header, file->bytes, sizeof header);
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
        header.e_machine != EM_RISCV || header.e_phentsize != sizeof(Elf64_Phdr))
        return "an ELF file, but not of RV64";
    if (header.e_phoff > file->size ||
        (file->size - header.e_phoff) / sizeof(Elf64_Phdr) < header.e_phnum)
        return "damaged: the program headers reach beyond the file's end";
    *image = (struct iss_image){.elf = true, .entry = header.e_entry, .end = ISS_RAM};
    for (unsigned i = 0; i < header.e_phnum && !why; i++) {
        Elf64_Phdr segment;
        memcpy(&segment, file->bytes + header.e_phoff + i * sizeof segment, sizeof segment);
        if (segment.p_type == PT_LOAD && segment.p_memsz > 0)
            why = load_segment(memory, file, &segment, image);
    }
    return why;
}

static const char *load_kernel(struct iss_memory *memory, const struct file *file,
                               struct iss_image *image)
{
    struct image_header header;

    if (file->size < sizeof header)
        return "neither an ELF file nor a RISC-V kernel's Image";
    memcpy(&header, file->bytes, sizeof header);
    if (header.magic2 != IMAGE_MAGIC2)
        return "neither an ELF file nor a RISC-V kernel's Image";
    uint64_t size = header.image_size > file->size ? header.image_size : file->size;
    if (!iss_memory_has(memory, ISS_KERNEL, size))
        return "larger than memory; --memory gives more";
    memcpy(memory->bytes + (ISS_KERNEL - ISS_RAM), file->bytes, file->size);
    *image = (struct iss_image){.entry = ISS_KERNEL, .end = ISS_KERNEL + size};
    return NULL;
}

bool iss_load_file(struct iss_memory *memory, const char *path, struct iss_image *image,
                   char *error, size_t error_size)
{
    struct file file;

    if (!read_file(path, memory->size, &file, error, error_size))
        return false;
    bool elf = file.size > SELFMAG && memcmp(file.bytes, ELFMAG, SELFMAG) == 0;
    const char *why = elf ? load_elf(memory, &file, image) : load_kernel(memory, &file, image);
    free(file.bytes);
    return why ? fail(error, error_size, path, why) : true;
}

bool iss_load_flat(struct iss_memory *memory, const char *path, uint64_t end, char *error,
                   size_t error_size)
{
    struct file file;

    if (!read_file(path, memory->size, &file, error, error_size))
        return false;
    bool fits = file.size <= end - ISS_RAM;
    if (fits)
        memcpy(memory->bytes, file.bytes, file.size);
    free(file.bytes);
    return fits || fail(error, error_size, path, "reaches into the kernel");
}
