using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras.Training;

/// <summary>
/// Several forward passes that see the same: the noise of dropout is drawn alike in all of them, and what layers keep besides their weights (moving statistics)
/// starts alike. In the end it stands where one pass would have left it.
/// </summary>
internal sealed class RepeatedForward
{
    private readonly ulong _key = RandomSource.Next();
    private readonly (RandomStream Stream, long Draws)[] _streams;
    private readonly Weight[] _kept;
    private readonly Tensor[] _before;
    private readonly Tensor[] _after;
    private int _passes;

    /// <param name="model">What runs; all within one dispose scope.</param>
    public RepeatedForward(Model model)
    {
        _streams = [.. RandomState.SeededLayers(model).Select(l => (l.Layer.Random, l.Layer.Random.Draws))];
        _kept = [.. model.Weights.Where(w => !w.IsTrained)];
        _before = Copies();
        _after = Copies();
    }

    /// <summary>Call it before each pass, and dispose what it returns behind the pass.</summary>
    public RandomSource.KeyScope Begin()
    {
        if (_passes == 1) Take();
        if (_passes++ > 0)
        {
            Put(_before);
            foreach (var (stream, draws) in _streams) stream.Draws = draws;
        }
        return RandomSource.Use(new RandomKeys(_key, keepsSeeds: true));
    }

    /// <summary>Call it behind the last pass.</summary>
    public void End()
    {
        if (_passes > 1) Put(_after);
    }

    private Tensor[] Copies()
    {
        using var recording = torch.no_grad();
        return Array.ConvertAll(_kept, w => w.Native.clone());
    }

    private void Take()
    {
        using var recording = torch.no_grad();
        for (var i = 0; i < _after.Length; i++) _after[i].copy_(_kept[i].Native);
    }

    private void Put(Tensor[] values)
    {
        using var recording = torch.no_grad();
        for (var i = 0; i < values.Length; i++)
        {
            _kept[i].Native.copy_(values[i]);
            _kept[i].MarkChanged();
        }
    }
}
