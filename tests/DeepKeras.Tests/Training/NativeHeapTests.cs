using System.Globalization;
using DeepKeras.Training;

namespace DeepKeras.Tests.Training;

[TestFixture]
public sealed class NativeHeapTests
{
    [Test]
    public void Freed_memory_is_used_again_without_page_faults()
    {
        if (!NativeHeap.KeepFreedMemory()) Assert.Ignore("The C library is not glibc, or its limits are set from outside.");
        for (var i = 0; i < 3; i++) Step();
        var before = Faults();
        for (var i = 0; i < 20; i++) Step();
        // 24 MB are 6,000 pages; given back and fetched again they would make 120,000 faults.
        (Faults() - before).Should().BeLessThan(12_000);

        static void Step()
        {
            using var scope = torch.NewDisposeScope();
            for (var i = 0; i < 3; i++) torch.ones([2 << 20]);
        }
    }

    private static long Faults()
    {
        var fields = File.ReadAllText("/proc/self/stat");
        return long.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }
}
