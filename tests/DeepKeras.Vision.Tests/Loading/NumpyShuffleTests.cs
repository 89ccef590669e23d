using System.Text.Json;
using DeepKeras.Vision.Loading;

namespace DeepKeras.Vision.Tests.Loading;

/// <summary>Held against NumPy (Golden/shuffle.json, with the script).</summary>
[TestFixture]
public sealed class NumpyShuffleTests
{
    [Test]
    public void The_order_is_NumPys()
    {
        var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Root, "tests", "DeepKeras.Vision.Tests", "Golden", "shuffle.json"))).RootElement;
        cases.GetArrayLength().Should().Be(6);
        foreach (var golden in cases.EnumerateArray())
        {
            int[] expected = [.. golden.GetProperty("order").EnumerateArray().Select(e => e.GetInt32())];
            int[] order = [.. Enumerable.Range(0, expected.Length)];
            new NumpyShuffle(golden.GetProperty("seed").GetUInt32()).Apply(order);
            order.Should().Equal(expected);
        }
    }
}
