// A caching CPU allocator for libtorch.
//
// glibc gives large blocks back to the kernel at every free, and the kernel clears each page again when it is next
// touched; on HuBERT that is a third of the time. Here a freed large block is kept for the next request of its size
// class, backed by huge pages where the kernel has them, and given back once it has been idle for a while (tc_trim_allocator).
#include "dispatch.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>
#include <torch/version.h>

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <mutex>
#include <vector>

namespace {

constexpr size_t kAlignment = 64;
constexpr size_t kSmallest = size_t{64} << 10;  // smaller requests go straight to malloc
constexpr size_t kHugePage = size_t{2} << 20;

int64_t now_milliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Four classes to each power of two, so that at most a fifth of a block is unused.
size_t class_of(size_t bytes) {
    size_t power = kSmallest;
    while (power * 2 <= bytes) power *= 2;
    size_t step = power / 4;
    return power + (bytes - power + step - 1) / step * step;
}

void* from_system(size_t bytes) {
    void* block = nullptr;
    auto alignment = bytes >= kHugePage ? kHugePage : kAlignment;
    if (posix_memalign(&block, alignment, bytes) != 0) return nullptr;
    if (bytes >= kHugePage) madvise(block, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
    return block;
}

// Lies just before the data.
struct Header {
    void* block;
    size_t size;  // of the block; 0: it came from malloc
};

Header& header_of(void* data) { return static_cast<Header*>(data)[-1]; }

struct Idle {
    void* block;
    int64_t since;
};

// A request below kSmallest. glibc's aligned allocation is several times slower than malloc, so the alignment is made here.
void* take_small(size_t bytes) {
    auto raw = std::malloc(bytes + kAlignment);
    if (raw == nullptr) return nullptr;
    auto data = (reinterpret_cast<uintptr_t>(raw) + sizeof(Header) + kAlignment - 1) / kAlignment * kAlignment;
    static_assert(sizeof(Header) <= alignof(std::max_align_t), "the header must fit before the first aligned place");
    header_of(reinterpret_cast<void*>(data)) = {raw, 0};
    return reinterpret_cast<void*>(data);
}

class Cache {
   public:
    void* take(size_t bytes) {
        auto size = class_of(bytes + kAlignment);
        void* block = nullptr;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            auto& list = idle_[size];
            if (!list.empty()) {
                block = list.back().block;
                list.pop_back();
                cached_ -= size;
            }
        }
        if (block == nullptr) block = from_system(size);
        if (block == nullptr) {
            trim(0);  // what is idle may be just what is missing
            block = from_system(size);
        }
        if (block == nullptr) return nullptr;
        live_ += size;
        auto data = static_cast<char*>(block) + kAlignment;
        header_of(data) = {block, size};
        return data;
    }

    void give(void* block, size_t size) {
        live_ -= size;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            if (cached_ + size <= limit_) {
                idle_[size].push_back({block, now_milliseconds()});
                cached_ += size;
                return;
            }
        }
        std::free(block);
    }

    void trim(int64_t idle_milliseconds) {
        std::vector<void*> old;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            auto before = now_milliseconds() - idle_milliseconds;
            for (auto& [size, list] : idle_) {
                size_t count = 0;  // the front of each list is the longest idle
                while (count < list.size() && list[count].since <= before) old.push_back(list[count++].block);
                list.erase(list.begin(), list.begin() + count);
                cached_ -= size * count;
            }
        }
        for (auto block : old) std::free(block);
    }

    int64_t cached() const { return cached_; }
    int64_t live() const { return live_; }

   private:
    std::mutex mutex_;
    std::map<size_t, std::vector<Idle>> idle_;
    std::atomic<size_t> cached_{0};
    std::atomic<size_t> live_{0};
    size_t limit_ = static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGE_SIZE)) / 4;
};

// Lives as long as the process: tensors may be freed after static destructors have run.
Cache& cache() {
    static auto instance = new Cache();
    return *instance;
}

void give_back(void* data) {
    if (data == nullptr) return;
    auto header = header_of(data);
    if (header.size == 0) std::free(header.block);
    else cache().give(header.block, header.size);
}

struct CachingAllocator final : c10::Allocator {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
    c10::DataPtr allocate(size_t bytes) override { return make(bytes); }
    void copy_data(void* to, const void* from, size_t bytes) const override { default_copy_data(to, from, bytes); }
#else
    c10::DataPtr allocate(size_t bytes) const override { return make(bytes); }
#endif
    c10::DeleterFnPtr raw_deleter() const override { return &give_back; }

   private:
    static c10::DataPtr make(size_t bytes) {
        auto data = bytes == 0 ? nullptr : bytes < kSmallest ? take_small(bytes) : cache().take(bytes);
        TORCH_CHECK(data != nullptr || bytes == 0, "not enough memory: ", bytes, " bytes were asked for, and ", cache().live(), " are in use");
        return {data, data, &give_back, c10::Device(c10::DeviceType::CPU)};
    }
};

}  // namespace

extern "C" {

void tc_install_allocator() {
    static auto allocator = new CachingAllocator();
    c10::SetCPUAllocator(allocator, /*priority=*/1);
}

void tc_trim_allocator(int64_t idle_milliseconds) { cache().trim(idle_milliseconds); }

void tc_allocator_statistics(int64_t* cached_bytes, int64_t* live_bytes) {
    *cached_bytes = cache().cached();
    *live_bytes = cache().live();
}
}
