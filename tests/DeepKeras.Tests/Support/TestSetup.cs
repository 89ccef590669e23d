[assembly: NonParallelizable]
[assembly: LevelOfParallelism(1)]

namespace DeepKeras.Tests;

/// <summary>Once for the whole run: few threads, so that sums are made in the same order everywhere.</summary>
[SetUpFixture]
public sealed class TestSetup
{
    [OneTimeSetUp]
    public void Prepare()
    {
        torch.set_num_threads(2);
        Keras.Device = torch.CPU;
        Keras.SetRandomSeed(20);
    }
}
