using DeepKeras.Callbacks;

namespace DeepKeras.Training;

/// <summary>Writes down the rate and the loss of each step by itself, and stops where the loss breaks away.</summary>
internal sealed class RateSweep(double divergence, double smoothing) : Callback
{
    private double _mean;
    private double _least = double.PositiveInfinity;
    private double _rate;

    public List<double> Rates { get; } = [];

    public List<double> Losses { get; } = [];

    public List<double> Smoothed { get; } = [];

    public override void OnTrainBatchBegin(int batch, Logs logs)
    {
        _rate = Model.Optimizer!.Parts.First(part => part.TrainableWeights.Count > 0).CurrentLearningRate;
        Model.Compiled!.Reset();
    }

    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        using var scope = torch.NewDisposeScope();
        var loss = Model.Compiled!.Total.Result().to_type(ScalarType.Float64).cpu().item<double>();
        if (!double.IsFinite(loss))
        {
            Model.StopTraining = true;
            return;
        }
        _mean = (smoothing * _mean) + ((1 - smoothing) * loss);
        // The mean starts at 0; this takes that start out again.
        var smoothed = _mean / (1 - Math.Pow(smoothing, Losses.Count + 1));
        Rates.Add(_rate);
        Losses.Add(loss);
        Smoothed.Add(smoothed);
        _least = Math.Min(_least, smoothed);
        if (smoothed > divergence * _least) Model.StopTraining = true;
    }
}
