namespace DeepKeras.Benchmarks.Work;

/// <summary>What is measured: a fixed number of steps.</summary>
internal interface IWork
{
    /// <summary>Runs them all: one epoch of training, one pass of prediction, or a loop over single rows.</summary>
    void Run();
}
