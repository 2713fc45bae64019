import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `installation`. */
export class InstallationRow extends Model<
  InferAttributes<InstallationRow>,
  InferCreationAttributes<InstallationRow>
> {
  declare singleton: CreationOptional<boolean>;
  declare installationId: string;
  declare seenId: string | null;
  declare createdAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    InstallationRow.init(
      {
        singleton: { type: DataTypes.BOOLEAN, primaryKey: true, allowNull: false },
        installationId: { type: DataTypes.UUID, allowNull: false },
        seenId: { type: DataTypes.UUID },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'installation', modelName: 'installation' },
    );
  }
}
