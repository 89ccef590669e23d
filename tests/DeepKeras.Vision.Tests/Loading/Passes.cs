using DeepKeras.Data;

namespace DeepKeras.Vision.Tests.Loading;

/// <summary>Reading passes over a data set of images.</summary>
internal static class Passes
{
    /// <summary>The red of the first pixel of each picture of one pass: its number in a <see cref="PhotoFolder"/>.</summary>
    public static int[] Reds(Dataset<Batch> data)
    {
        List<int> reds = [];
        using var scope = torch.NewDisposeScope();
        foreach (var batch in data.Elements())
        {
            batch.Inputs[0].dtype.Should().Be(ScalarType.Byte);
            batch.Inputs[0].shape[0].Should().Be(batch.Count);
            reds.AddRange(Numbers(batch.Inputs[0].select(1, 0).select(1, 0).select(1, 0)).Select(v => (int)v));
        }
        return [.. reds];
    }

    public static void Refused(Action action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
