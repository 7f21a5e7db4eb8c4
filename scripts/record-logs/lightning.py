"""A straight line that Lightning fits for three epochs, logged by CSVLogger: training rows, validation rows and rows of
epochs share one table, and leave each other's cells empty."""

import sys

import lightning
import torch
from lightning.pytorch.loggers import CSVLogger
from torch.utils.data import DataLoader, TensorDataset


class Line(lightning.LightningModule):
    def __init__(self, learning_rate, momentum):
        super().__init__()
        self.save_hyperparameters()
        self.layer = torch.nn.Linear(2, 1)

    def loss(self, batch):
        inputs, targets = batch
        return torch.nn.functional.mse_loss(self.layer(inputs), targets)

    def training_step(self, batch):
        loss = self.loss(batch)
        self.log("train_loss", loss, on_step=True, on_epoch=True)
        return loss

    def validation_step(self, batch):
        self.log("val_loss", self.loss(batch))

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.hparams.learning_rate, momentum=self.hparams.momentum)


lightning.seed_everything(1)
inputs = torch.randn(64, 2)
data = TensorDataset(inputs, inputs.sum(1, keepdim=True) + 0.1 * torch.randn(64, 1))
trainer = lightning.Trainer(
    accelerator="cpu",
    max_epochs=3,
    log_every_n_steps=4,
    logger=CSVLogger(sys.argv[1], name=None, version="run"),
    enable_checkpointing=False,
    enable_model_summary=False,
    enable_progress_bar=False,
)
trainer.fit(Line(learning_rate=0.05, momentum=0.9), DataLoader(data, batch_size=4), DataLoader(data, batch_size=32))
