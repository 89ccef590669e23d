using System.Globalization;
using DeepKeras.Training;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

[Platform("Linux")]
public sealed class HostMemoryTests
{
    [Test]
    public void StepsReuseTheMemoryOfTheStepBefore()
    {
        Sequential model = [Conv2D(8, 3, activation: "relu", inputShape: (32, 32, 3)), MaxPooling2D(2), Flatten(), Dense(10)];
        model.Compile("sgd", "mse");
        Assume.That(HostMemory.KeepFreed(), "another C library, or the environment sets the allocator");
        using var x = torch.randn([256, 32, 32, 3]);
        using var y = torch.randn([256, 10]);
        _ = model.Fit(x, y, batchSize: 128, epochs: 3, verbose: 0);

        var before = PageFaults();
        _ = model.Fit(x, y, batchSize: 128, epochs: 10, verbose: 0);

        // A step touches about 5,000 pages of temporary tensors; without the setting most of them fault in again on each of the 20 steps.
        (PageFaults() - before).Should().BeLessThan(20 * 500);
    }

    /// <summary>Minor page faults of this process so far: field 10 of proc(5)'s stat.</summary>
    private static long PageFaults()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }
}
